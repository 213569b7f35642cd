-- 计划按口径的代码数孩子（plans.definition），不再指着某一个版本的行：口径换了版本，代码不变，哪天用哪个版本由日子定。
alter table plans drop column definition_id;

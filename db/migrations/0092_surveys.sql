-- 摸底：一轮里每个孩子只有一行，按孩子找得到，记过的那条服务记录跟着走。

create unique index survey_visits_one on survey_visits (tenant_id, round_id, child_id) where child_id is not null;
create index records_survey_visit on survey_visits (tenant_id, record_id) where record_id is not null;
create index survey_rounds_days on survey_rounds (tenant_id, from_on desc, id desc);

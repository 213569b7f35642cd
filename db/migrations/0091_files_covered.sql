-- 遮了脸的照片不凭同意书：放进来的人说遮了，就记下来。没有遮的，看的那一天每个孩子都要有有效的同意。

alter table files add column covered boolean not null default false;
comment on column files.covered is '放进来的人说脸都遮住了，或认不出是谁。';

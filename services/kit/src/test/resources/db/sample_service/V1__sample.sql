create table things (id bigint primary key);
insert into things values (1);

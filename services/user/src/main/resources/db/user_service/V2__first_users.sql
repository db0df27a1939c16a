insert into users (id, name, email) values
    (1, 'Ada', 'ada@example.org'),
    (2, 'Barbara', 'barbara@example.org'),
    (3, 'Charles', 'charles@example.org'),
    (4, 'Donald', 'donald@example.org'),
    (5, 'Edsger', 'edsger@example.org'),
    (6, 'Frances', 'frances@example.org'),
    (7, 'Grace', 'grace@example.org'),
    (8, 'Hedy', 'hedy@example.org'),
    (9, 'Ivan', 'ivan@example.org'),
    (10, 'John', 'john@example.org');
alter table users alter column id restart with 11;

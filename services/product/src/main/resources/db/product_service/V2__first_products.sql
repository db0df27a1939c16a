insert into products (id, name, price_cents, stock) values
    (1, 'Anvil', 4999, 1000000),
    (2, 'Bellows', 2999, 1000000),
    (3, 'Chisel', 1299, 1000000),
    (4, 'Drill', 8999, 1000000),
    (5, 'Edger', 3499, 1000000),
    (6, 'File', 899, 1000000),
    (7, 'Gimlet', 699, 1000000),
    (8, 'Hammer', 1999, 1000000),
    (9, 'Iron', 2499, 1000000),
    (10, 'Jigsaw', 10999, 1000000);
alter table products alter column id restart with 11;

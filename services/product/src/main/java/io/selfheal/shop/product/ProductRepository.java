package io.selfheal.shop.product;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.PageableRepository;

/** The table of products. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ProductRepository extends PageableRepository<Product, Long> {

    /** Takes from the stock if there is enough; 1 when it did. One statement, so that two buyers cannot both see the last piece. */
    @Query("update product_service.products set stock = stock - :quantity where id = :id and stock >= :quantity")
    int take(long id, long quantity);

    @Query("update product_service.products set stock = stock + :quantity where id = :id")
    int giveBack(long id, long quantity);

    @Query("update product_service.products set stock = :stock where id = :id")
    int setStock(long id, long stock);
}

package io.selfheal.shop.user;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.PageableRepository;

/** The table of users. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRepository extends PageableRepository<User, Long> {

    boolean existsByEmail(String email);
}

package io.selfheal.healer.local;

class H2StormsTest extends JdbcStormsContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}

package io.selfheal.healer.local;

class H2InterventionsTest extends JdbcInterventionsContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}

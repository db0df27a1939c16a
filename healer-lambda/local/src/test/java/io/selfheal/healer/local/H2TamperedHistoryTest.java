package io.selfheal.healer.local;

class H2TamperedHistoryTest extends TamperedHistoryContract {
    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}

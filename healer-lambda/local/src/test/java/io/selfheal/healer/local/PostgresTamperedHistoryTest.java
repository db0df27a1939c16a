package io.selfheal.healer.local;

class PostgresTamperedHistoryTest extends TamperedHistoryContract {
    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}

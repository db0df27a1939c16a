package io.selfheal.healer.local;

import io.selfheal.healer.incident.StoreUnavailableException;
import java.sql.SQLException;

/** What a failed statement means for the caller. */
final class SqlFailure {
    private static final int H2_FILE_IN_USE = 90020;

    private SqlFailure() {}

    /** Another transaction was first: nothing was stored. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    static RuntimeException of(String operation, SQLException failure) {
        if (lost(failure)) {
            return new Lost(failure);
        }
        return unstorable(failure)
                ? new IllegalArgumentException(operation + ": cannot be stored: " + failure.getMessage(), failure)
                : new StoreUnavailableException(operation, failure);
    }

    /** Neither the data's fault nor another transaction's: the database is away or in no state to serve. */
    static boolean unavailable(SQLException failure) {
        return !lost(failure) && !unstorable(failure);
    }

    /** 23505 unique, 40001 serialization or H2's deadlock, 40P01 PostgreSQL's deadlock, 90131 H2's concurrent update. */
    private static boolean lost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.equals("23505") || state.equals("40001") || state.equals("40P01") || state.equals("90131");
    }

    /** Class 22: the data itself cannot be stored, and never will. */
    private static boolean unstorable(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("22");
    }

    static RuntimeException atOpening(JdbcSettings settings, RuntimeException failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_FILE_IN_USE) {
                return new IllegalStateException(
                        "The database file of " + settings.shownUrl()
                                + " is in use by another process, probably another"
                                + " healer: stop that one, give this one its own file, or share a PostgreSQL database.",
                        failure);
            }
        }
        boolean unreachable = root instanceof java.io.IOException
                || (root instanceof SQLException sql
                        && !String.valueOf(sql.getSQLState()).startsWith("42"));
        return unreachable
                ? new StoreUnavailableException("opening " + settings.shownUrl(), root)
                : new IllegalStateException(
                        "The database " + settings.shownUrl() + " cannot be brought to this healer's schema: "
                                + failure.getMessage(),
                        failure);
    }
}

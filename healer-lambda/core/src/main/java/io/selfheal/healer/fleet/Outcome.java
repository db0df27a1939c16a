package io.selfheal.healer.fleet;

/** What the fleet answered to an action. Accepted is not healed: that is for verification to say. */
public sealed interface Outcome {

    record Accepted(String detail) implements Outcome {}

    /** The fleet said no; asking again will not help. */
    record Refused(String why) implements Outcome {}

    /** The fleet could not be asked, or it is unknown whether it acted; retries are already used up. */
    record Failed(String why) implements Outcome {}
}

package io.selfheal.healer.simulation;

import java.util.Random;

/**
 * How bad one world is. Chances are per call in 1/10,000.
 *
 * @param healers on one store
 * @param skewMillis how far a healer's clock may be off, either way
 * @param ticking whether the healers look at what is due by themselves
 * @param calling whether services call each other, and the policies say so
 * @param watching whether the healers probe by themselves all the time, as servers do and Lambdas do not
 * @param crash that a healer dies at a call of a port, before or after it
 * @param stall that a healer stands still in the middle of a call
 * @param storeTrouble that the store fails, or does what it was asked and its answer is lost
 * @param fleetTrouble that a call of the fleet's API fails, or an action's answer is lost
 * @param delivery that a signal is lost, doubled or late, each
 * @param faultEvery mean milliseconds between two faults
 * @param byCause whether the policies choose by the cause, and causes come up
 * @param evidenceTrouble that a part of the evidence does not come in time
 * @param evidenceLag how many milliseconds what is measured is told for
 */
record Weather(
        int healers,
        int skewMillis,
        boolean ticking,
        boolean calling,
        boolean watching,
        int crash,
        int stall,
        int storeTrouble,
        int fleetTrouble,
        int delivery,
        int faultEvery,
        boolean byCause,
        int evidenceTrouble,
        int evidenceLag) {

    /** Clocks of healers differ by no more than twice this; what the guarantees in true time are reckoned with. */
    static final int MAX_SKEW = 1000;

    static Weather of(Random random) {
        boolean rough = random.nextInt(3) == 0;
        return new Weather(
                1 + Math.min(random.nextInt(5), random.nextInt(5)),
                random.nextInt(MAX_SKEW + 1),
                true,
                random.nextBoolean(),
                random.nextInt(4) == 0,
                random.nextBoolean() ? 0 : random.nextInt(rough ? 100 : 20),
                random.nextInt(rough ? 300 : 60),
                random.nextInt(rough ? 300 : 60),
                random.nextInt(rough ? 1000 : 200),
                random.nextInt(2000),
                2000 + random.nextInt(6000),
                random.nextBoolean(),
                random.nextInt(rough ? 2000 : 300),
                random.nextInt(3) * random.nextInt(5000));
    }

    /** Nothing goes wrong but what the caller brings about. */
    static Weather calm(int healers) {
        return new Weather(healers, 0, true, false, false, 0, 0, 0, 0, 0, Integer.MAX_VALUE, false, 0, 0);
    }

    /** The same where the cause decides what is done. */
    static Weather calmByCause(int healers) {
        return new Weather(healers, 0, true, true, false, 0, 0, 0, 0, 0, Integer.MAX_VALUE, true, 0, 0);
    }

    /** The same, and not even the healers' own time passes. */
    static Weather frozen(int healers) {
        return new Weather(healers, 0, false, false, false, 0, 0, 0, 0, 0, Integer.MAX_VALUE, false, 0, 0);
    }
}

package io.selfheal.demo.measure;

/** So many of so many, and what that says of the true share with 95 % confidence. */
public record Share(int of, int all) {

    private static final double Z = 1.959963984540054;
    /** minus the logarithm of 5 %, as which everybody rounds it. */
    private static final double THREE = 3;

    public Share {
        if (of < 0 || all < 1 || of > all) {
            throw new IllegalArgumentException("of must be in 0.." + all + " and all at least 1: " + of + " of " + all);
        }
    }

    /** Lower bound of Wilson's interval. */
    public double low() {
        return of == 0 ? 0 : Math.max(0, middle() - half());
    }

    /** Upper bound of Wilson's interval. */
    public double high() {
        return of == all ? 1 : Math.min(1, middle() + half());
    }

    /** What the true share is below: by the rule of three when none was seen, else by Wilson's interval. */
    public double bound() {
        return of == 0 ? Math.min(1, THREE / all) : high();
    }

    private double middle() {
        double p = (double) of / all;
        return (p + Z * Z / (2 * all)) / (1 + Z * Z / all);
    }

    private double half() {
        double p = (double) of / all;
        return Z / (1 + Z * Z / all) * Math.sqrt(p * (1 - p) / all + Z * Z / (4.0 * all * all));
    }
}

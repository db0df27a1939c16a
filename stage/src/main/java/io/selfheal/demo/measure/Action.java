package io.selfheal.demo.measure;

/** Something that was done to the fleet: by whose account, to what, with what result. */
public record Action(String kind, String target, String result) {}

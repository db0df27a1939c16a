package io.selfheal.healer.chain;

/**
 * Where a chain ends: how many entries it holds and the hash of the last one, which stands for all of them.
 *
 * @param hash lower-case hexadecimal; blank where no chain was begun
 */
public record ChainHead(long length, String hash) {

    /** Of an incident that is not yet saved, or was last saved by a healer that kept no chain. */
    public static final ChainHead NONE = new ChainHead(0, "");

    public ChainHead {
        if (length < 0) {
            throw new IllegalArgumentException("length: expected 0 or more, was " + length);
        }
    }

    public boolean begun() {
        return !hash.isEmpty();
    }

    @Override
    public String toString() {
        return length + ":" + hash;
    }
}

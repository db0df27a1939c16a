package io.selfheal.healer.local.compose;

/** The labels that say whose a container is. Those of compose are its own, and it finds its containers by them. */
final class Labels {
    static final String PROJECT = "com.docker.compose.project";
    static final String SERVICE = "com.docker.compose.service";
    static final String NUMBER = "com.docker.compose.container-number";
    static final String ONE_OFF = "com.docker.compose.oneoff";
    static final String CONFIG_HASH = "com.docker.compose.config-hash";
    static final String REPLACES = "com.docker.compose.replace";

    /** A service says by it that it may be healed. */
    static final String OPT_IN = "selfheal.heal";
    /** The port that answers HTTP, where the image exposes several or none. */
    static final String PORT = "selfheal.port";
    /** The network to reach the container in, where it is in several. */
    static final String NETWORK = "selfheal.network";
    /** On containers that the healer made: the key of the action. */
    static final String MADE_BY = "selfheal.made-by";

    private Labels() {}
}

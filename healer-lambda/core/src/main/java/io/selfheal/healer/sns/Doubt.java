package io.selfheal.healer.sns;

/** Why a message is not believed, in the order in which it is asked; the first that holds is told. */
public enum Doubt {
    /** Not of the form that SNS writes. */
    FORM,
    /** Of a topic that is not on the list. */
    TOPIC,
    /** Names an address that is not that of SNS in the topic's region. */
    ADDRESS,
    /** The certificate at that address is not one of SNS, or not now. */
    CERTIFICATE,
    /** Not signed by that certificate's key as it stands. */
    SIGNATURE,
    /** Genuine, and too old or from the future. */
    TIME
}

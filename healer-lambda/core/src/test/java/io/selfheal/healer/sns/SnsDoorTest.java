package io.selfheal.healer.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.intake.Fixtures;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SnsDoorTest {
    private static final Set<String> TOPICS = Set.of(Letter.TOPIC, Letter.TOPIC + "-too");

    private static SnsDoor door(CountingSns sns, boolean versionOne) {
        return new SnsDoor(
                new SnsTrust(TOPICS, versionOne, TestAuthority.ANCHORS),
                sns,
                sns,
                InstantSource.fixed(TestAuthority.NOW));
    }

    private static Stream<Forgery> forgeries() {
        return Stream.of(ForgedForms.all(), ForgedAddresses.all(), ForgedCertificates.all(), ForgedSignatures.all())
                .flatMap(List::stream);
    }

    @Nested
    class GivenAForgedMessage {
        @TestFactory
        Stream<DynamicTest> thenItIsRefused_andNobodyIsAskedWhatNeedNotBe() {
            return forgeries()
                    .map(forgery -> DynamicTest.dynamicTest(forgery.name(), () -> {
                        CountingSns sns = new CountingSns(forgery.file());

                        Admission admission = door(sns, false).admit(forgery.body());

                        assertThat(admission).isInstanceOfSatisfying(Admission.Refused.class, refused -> {
                            assertThat(refused.doubt()).as(refused.why()).isEqualTo(forgery.doubt());
                            assertThat(refused.why()).isNotBlank().doesNotContain("\n");
                        });
                        assertThat(sns.fetched).hasSize(forgery.fetches() ? 1 : 0);
                        assertThat(sns.confirmed).isEmpty();
                    }));
        }

        @Test
        void thereAreManyKindsOfIt() {
            assertThat(forgeries().map(Forgery::name)).hasSizeGreaterThan(200).doesNotHaveDuplicates();
        }

        @Test
        void whenVersionOneIsAllowed_thenASignatureOfVersionTwoDoesNotPassForIt() {
            Letter letter = Letter.notification().with("SignatureVersion", "1");

            assertThat(door(new CountingSns(TestAuthority.genuineFile()), true).admit(letter.bytes()))
                    .isInstanceOfSatisfying(Admission.Refused.class, refused -> assertThat(refused.doubt())
                            .isEqualTo(Doubt.SIGNATURE));
        }

        @Test
        void whenItIsAFormOnPaper_thenItsSignatureIsNone() {
            Fixtures.of("sns-http").forEach(file -> assertThat(door(new CountingSns(TestAuthority.genuineFile()), true)
                            .admit(Fixtures.bytes(file)))
                    .isInstanceOfSatisfying(Admission.Refused.class, refused -> assertThat(refused.doubt())
                            .as(file + " " + refused.why())
                            .isEqualTo(Doubt.SIGNATURE)));
        }
    }

    @Nested
    class GivenAGenuineMessage {
        private final CountingSns sns = new CountingSns(TestAuthority.genuineFile());

        @Test
        void thenItsNotificationIsLetIn() {
            assertThat(door(sns, false).admit(Letter.notification().bytes()))
                    .isInstanceOfSatisfying(Admission.Notification.class, notification -> {
                        assertThat(notification.topicArn()).isEqualTo(Letter.TOPIC);
                        assertThat(notification.messageId()).isEqualTo("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
                        assertThat(notification.message()).contains("\"äöü\"");
                    });
            assertThat(sns.fetched).containsExactly(URI.create(Letter.FILE));
            assertThat(sns.confirmed).isEmpty();
        }

        @TestFactory
        Stream<DynamicTest> whenItIsUnusualButRight_thenItIsLetInToo() {
            return Stream.of(
                            Letter.notification()
                                    .changed(json -> json.remove("Subject"))
                                    .signed(),
                            Letter.notification()
                                    .changed(json -> json.putNull("Subject"))
                                    .signed(),
                            Letter.notification().with("Message", "").signed(),
                            Letter.notification()
                                    .with("Message", "a\nMessageId\nb")
                                    .signed(),
                            Letter.notification()
                                    .with("Message", "x".repeat(262_144))
                                    .signed(),
                            Letter.notification()
                                    .with("Timestamp", "2025-12-31T23:50:00.000Z")
                                    .signed(),
                            Letter.notification()
                                    .with("Timestamp", "2026-01-01T00:20:00Z")
                                    .signed(),
                            Letter.notification().with("Unheard", "of"))
                    .map(letter -> DynamicTest.dynamicTest(letter.written().substring(0, 80), () -> assertThat(
                                    door(sns, false).admit(letter.bytes()))
                            .isInstanceOf(Admission.Notification.class)));
        }

        @Test
        void whenVersionOneIsAllowed_thenItPasses() {
            Letter letter = Letter.notification().with("SignatureVersion", "1").signed();

            assertThat(door(sns, true).admit(letter.bytes())).isInstanceOf(Admission.Notification.class);
        }

        @Test
        void whenItIsSentAgain_thenItIsLetInAgain() {
            SnsDoor door = door(sns, false);
            byte[] body = Letter.notification().bytes();

            assertThat(door.admit(body)).isEqualTo(door.admit(body));
        }

        @Test
        void whenTheCertificateNamesTheRegion_orTheRootIssuedIt_thenItPassesToo() {
            byte[] regional = TestAuthority.file(
                    TestAuthority.sns().names("sns.eu-west-1.amazonaws.com").build(), TestAuthority.MIDDLE);
            byte[] direct = TestAuthority.file(TestAuthority.sns()
                    .issuer("CN=Test Root", TestAuthority.ROOT_KEY)
                    .build());

            assertThat(Stream.of(regional, direct)).allSatisfy(file -> assertThat(door(new CountingSns(file), false)
                            .admit(Letter.notification().bytes()))
                    .isInstanceOf(Admission.Notification.class));
        }

        @Test
        void whenItAsksForAConfirmation_thenItsOwnHostIsAsked() {
            Letter encoded = Letter.confirmation("SubscriptionConfirmation")
                    .with("SubscribeURL", Letter.SUBSCRIBE.replace("arn:aws:sns:", "arn%3Aaws%3Asns%3A"))
                    .signed();

            assertThat(door(sns, false).admit(encoded.bytes())).isEqualTo(new Admission.Confirmed(Letter.TOPIC));
            assertThat(sns.confirmed).containsExactly(URI.create(Letter.SUBSCRIBE));
        }

        @Test
        void whenItSaysFarewell_thenNobodyIsAskedToUndoIt() {
            assertThat(door(sns, false)
                            .admit(Letter.confirmation("UnsubscribeConfirmation")
                                    .bytes()))
                    .isInstanceOf(Admission.Unsubscribed.class);
            assertThat(sns.confirmed).isEmpty();
        }

        @Test
        void whenTheCertificateCannotBeHad_thenItIsToBeSentAgain() {
            assertThat(door(CountingSns.away(), false)
                            .admit(Letter.notification().bytes()))
                    .isInstanceOfSatisfying(Admission.Unavailable.class, unavailable -> assertThat(unavailable.why())
                            .contains("2000 ms"));
        }
    }

    @Test
    void whenATopicIsNone_thenThatIsSaidAtTheStart() {
        assertThatThrownBy(() -> new SnsTrust(Set.of("alarms"), false, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topics: expected arn:aws:sns:REGION:ACCOUNT:NAME, was 'alarms'");
        assertThat(SnsTrust.WINDOW).isEqualTo(Duration.ofMinutes(15));
    }
}

package io.selfheal.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void givenOurFile_thenItsEnvironmentsAreRead() throws IOException {
        assertThat(Environments.read(map(environments()), null))
                .extracting(EnvironmentSettings::name)
                .containsExactly("dev", "staging", "prod");
    }

    @Test
    void whenOneIsChosen_thenOnlyThatIsRead() throws IOException {
        assertThat(Environments.read(map(environments()), "staging"))
                .singleElement()
                .satisfies(one -> assertThat(one.cluster()).isEqualTo("selfheal-staging"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /dev/region                  | "'Frankfurt'"  | environments.dev.region: expected a region such as eu-central-1, was 'Frankfurt'
            /dev/network/cidr            | "'10.256.0.0/16'" | environments.dev.network.cidr: expected a range such as 10.20.0.0/16, was '10.256.0.0/16'
            /dev/network/zones           | "7"            | environments.dev.network.zones: expected a whole number from 2 to 3, was 7
            /dev/network/zones           | "'two'"        | environments.dev.network.zones: expected a whole number from 2 to 3, was 'two'
            /dev/network/nat             | "3"            | environments.dev.network.nat: is more than the 2 zones
            /dev/network                 | "true"         | environments.dev.network: expected an object with keys, was true
            /dev/tasks/cpu               | "700"          | environments.dev.tasks.cpu: expected 512, 1024, 2048 or 4096, was 700
            /dev/tasks/memoryMiB         | "8192"         | environments.dev.tasks.memoryMiB: expected a whole number from 1024 to 4096, was 8192
            /dev/tasks/memoryMiB         | "1500"         | environments.dev.tasks.memoryMiB: expected a multiple of 1024, was 1500
            /dev/tasks/most              | "1"            | environments.dev.tasks.most: expected a whole number from 2 to 200, was 1
            /dev/tasks/perService        | "1"            | environments.dev.tasks.perService: is 1, but the healer never stops the last healthy task
            /dev/tasks/architecture      | "'sparc'"      | environments.dev.tasks.architecture: expected arm64 or x86, was 'sparc'
            /dev/database/kind           | "'oracle'"     | environments.dev.database.kind: expected instance or aurora, was 'oracle'
            /dev/healer/snapStart        | "true"         | environments.dev.healer.snapStart: is true, but healer.shell is container: SnapStart is Lambda's
            /dev/healer/snapStart        | "'yes'"        | environments.dev.healer.snapStart: expected true or false, was 'yes'
            /dev/healer/shell            | "'lambda'"     | environments.dev.healer.shell: is lambda, but network.nat is 0
            /dev/access/allowFrom        | "'me'"         | environments.dev.access.allowFrom: expected a list of texts, was 'me'
            /dev/access/allowFrom        | "['everyone']" | environments.dev.access.allowFrom: expected ranges such as 203.0.113.7/32, found 'everyone'
            /dev/access/allowFrom        | "['999.1.1.1/32']" | environments.dev.access.allowFrom: expected ranges such as 203.0.113.7/32, found '999.1.1.1/32'
            /dev/access/allowFrom        | "['10.0.0.0/33']" | environments.dev.access.allowFrom: expected ranges such as 203.0.113.7/32, found '10.0.0.0/33'
            /staging/access/allowFrom    | "['1.2.3.4/32']" | environments.staging.access.allowFrom: is set, but access.kind is internal
            /dev/access/kind             | "'https'"      | environments.dev.access.domain: is missing
            /dev/notices/email           | "'me'"         | environments.dev.notices.email: expected an address, or nothing, was 'me'
            /dev/keep/logDays            | "8"            | environments.dev.keep.logDays: expected 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days, was 8
            /dev/colour                  | "'red'"        | environments.dev.colour: there is no such key; known are region, network
            /dev/chaosAgent              | "'agent:latest'" | environments.dev.chaosAgent: expected an image with a tag that stays what it is, or nothing, was 'agent:latest'
            /dev/chaosAgent              | "'agent'"      | environments.dev.chaosAgent: expected an image with a tag
            /prod/chaosAgent             | "'agent:3.3'"  | environments.prod.chaosAgent: is set, but chaos is false
            /prod/chaos                  | "true"         | environments.prod.chaos: is true, but nothing is broken on purpose in prod
            /prod/network/nat            | "0"            | environments.prod.healer.shell: is lambda, but network.nat is 0
            /prod/access/kind            | "'http'"       | environments.prod.access.kind: is http, but prod's customers are not served in plain text
            /prod/keep/data              | "false"        | environments.prod.keep.data: is false, but prod's data outlives its stacks
            """)
    void givenAValueThatCannotBe_thenOneSentenceNamesItsKey(String path, String value, String says) throws IOException {
        ObjectNode environments = environments();
        int last = path.lastIndexOf('/');
        ((ObjectNode) environments.at(path.substring(0, last)))
                .set(path.substring(last + 1), JSON.readTree(value.replace('\'', '"')));

        assertThatThrownBy(() -> Environments.read(map(environments), null))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageStartingWith(says)
                .hasMessageNotContaining("\n");
    }

    @Test
    void givenTheOutermostAddresses_thenTheyAreRanges() throws IOException {
        ObjectNode environments = environments();
        ((ObjectNode) environments.at("/dev/network")).put("cidr", "10.255.0.0/16");
        ((ObjectNode) environments.at("/dev/access"))
                .putArray("allowFrom")
                .add("0.0.0.0/0")
                .add("255.199.20.9/32");

        assertThat(Environments.read(map(environments), "dev")).singleElement().satisfies(one -> {
            assertThat(one.network().cidr()).isEqualTo("10.255.0.0/16");
            assertThat(one.access().allowFrom()).containsExactly("0.0.0.0/0", "255.199.20.9/32");
        });
    }

    @Test
    void givenAMissingValue_thenItsKeyIsNamed() throws IOException {
        ObjectNode environments = environments();
        ((ObjectNode) environments.at("/dev/tasks")).remove("cpu");

        refused(map(environments), null, "environments.dev.tasks.cpu: is missing from the context of cdk.json");
        refused(null, null, "environments: is missing from the context of cdk.json");
        refused(Map.of(), null, "environments: is empty");
    }

    @Test
    void givenAnUnknownEnvironment_thenTheKnownOnesAreNamed() throws IOException {
        refused(
                map(environments()),
                "production",
                "env: there is no environment 'production'; known are dev, staging, prod");
    }

    private static void refused(@Nullable Object context, @Nullable Object chosen, String says) {
        assertThatThrownBy(() -> Environments.read(context, chosen))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageStartingWith(says);
    }

    private static ObjectNode environments() throws IOException {
        JsonNode file = JSON.readTree(Path.of("cdk.json").toFile());
        return (ObjectNode) file.at("/context/environments");
    }

    private static Map<?, ?> map(ObjectNode environments) {
        return JSON.convertValue(environments, Map.class);
    }
}

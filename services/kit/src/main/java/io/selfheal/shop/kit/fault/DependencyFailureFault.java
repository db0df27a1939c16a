package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.selfheal.shop.kit.client.CallGate;
import io.selfheal.shop.kit.client.DependencyNames;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
@Requires(bean = FaultsEnabled.class)
final class DependencyFailureFault implements Fault, CallGate {

    private static final String ALL = "*";

    private final List<String> names;
    private volatile @Nullable String failing;

    DependencyFailureFault(DependencyNames names) {
        this.names = names.names();
    }

    @Override
    public String name() {
        return "dependency-failure";
    }

    @Override
    public String symptom() {
        return "calls to the dependency fail as if nobody listened there";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice("dependency", ALL, "one of " + names + ", or * for all", this::known));
    }

    private Object known(String text) {
        if (text.equals(ALL) || names.contains(text)) {
            return text;
        }
        throw new IllegalArgumentException("'dependency' is '" + text + "', not one of " + names + " or *");
    }

    @Override
    public void start(Parameters parameters) {
        failing = parameters.text("dependency");
    }

    @Override
    public void stop() {
        failing = null;
    }

    @Override
    public void check(String dependency) {
        String name = failing;
        if (name != null && (name.equals(ALL) || name.equals(dependency))) {
            throw new HttpClientException("Connection refused (fault 'dependency-failure')");
        }
    }
}

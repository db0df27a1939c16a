package io.selfheal.demo;

import io.selfheal.demo.fault.Fault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the faults, one line each. */
@Command(name = "faults", mixinStandardHelpOptions = true, description = "list the faults, one line each")
final class FaultsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        for (Fault fault : Fault.values()) {
            System.out.printf("%-16s %s%n", fault.id(), fault.sentence());
        }
        return 0;
    }
}

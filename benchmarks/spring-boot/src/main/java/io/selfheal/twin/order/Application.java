package io.selfheal.twin.order;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The order service on Spring Boot. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
class Application {

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

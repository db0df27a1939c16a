package io.selfheal.architecture.bites.ioinacore.healer.decide;

import org.assertj.core.data.Percentage;

record KnowsALibrary(Percentage percentage) {}

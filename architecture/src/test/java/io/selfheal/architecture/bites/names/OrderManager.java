package io.selfheal.architecture.bites.names;

interface OrderManager {}

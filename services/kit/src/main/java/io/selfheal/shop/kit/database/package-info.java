/** The way to a service's database: migrated before first use, traced afterwards. It knows no table. */
@NullMarked
package io.selfheal.shop.kit.database;

import org.jspecify.annotations.NullMarked;

/**
 * How the shop speaks HTTP: problem documents (RFC 9457) for everything that is refused, pages for lists, the API
 * document. It knows no resource of any service.
 */
@NullMarked
package io.selfheal.shop.kit.web;

import org.jspecify.annotations.NullMarked;

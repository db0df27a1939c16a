package io.selfheal.shop.product;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.shop.kit.web.PageOf;
import io.selfheal.shop.kit.web.PageQuery;
import io.selfheal.shop.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;

/** Products are offered, listed, looked up and stocked. */
@Tag(name = "products")
@Controller("/products")
@ExecuteOn(TaskExecutors.BLOCKING)
class ProductController {

    private final ProductRepository products;

    ProductController(ProductRepository products) {
        this.products = products;
    }

    /** Lists the products, in the order of their ids. */
    @Get
    PageOf<ProductView> list(@Valid @RequestBean PageQuery query) {
        return PageOf.of(products.findAll(query.pageable()), ProductView::of);
    }

    /** One product. */
    @Get("/{id}")
    @ApiResponse(responseCode = "200", description = "the product")
    @ApiResponse(responseCode = "404", description = "there is no such product")
    ProductView find(@PathVariable long id) {
        return products.findById(id).map(ProductView::of).orElseThrow(() -> unknown(id));
    }

    /** Offers a product. */
    @Post
    @Status(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "the new product")
    HttpResponse<ProductView> offer(@Valid @Body NewProduct product) {
        ProductView saved =
                ProductView.of(products.save(new Product(null, product.name(), product.priceCents(), product.stock())));
        return HttpResponse.created(saved, URI.create("/products/" + saved.id()));
    }

    /** Sets what can be reserved from now on; reservations already held stay. */
    @Put("/{id}/stock")
    @ApiResponse(responseCode = "200", description = "the product with its new stock")
    @ApiResponse(responseCode = "404", description = "there is no such product")
    ProductView stock(@PathVariable long id, @Valid @Body StockLevel level) {
        if (products.setStock(id, level.stock()) == 0) {
            throw unknown(id);
        }
        return find(id);
    }

    private static ProblemException unknown(long id) {
        return ProblemException.notFound("There is no product " + id);
    }
}

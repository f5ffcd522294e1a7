import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Put,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { answered } from './answered.ts';
import { ApiRefusals } from './api-refusals.ts';
import { CacheAsideProducts } from './cache-aside-products.ts';
import { ChangeProduct } from './change-product.ts';
import { Latency } from './latency.ts';
import { ProductId, productId } from './product-id.ts';
import type { Outcome, Products } from './products.ts';
import { ReadThroughProducts } from './read-through-products.ts';
import { WriteBehindProducts } from './write-behind-products.ts';
import { WriteThroughProducts } from './write-through-products.ts';

// #region controller
@UseInterceptors(Latency)
@ApiRefusals(400, 404, 500, 503)
abstract class ProductsController {
  readonly #products: Products;

  constructor(products: Products) {
    this.#products = products;
  }

  @Get(':id')
  @ApiParam(productId)
  @ApiOkResponse(answered)
  get(@Param('id', ProductId) id: string): Promise<Outcome> {
    return this.#products.get(id);
  }

  @Put(':id')
  @ApiParam(productId)
  @ApiOkResponse(answered)
  @ApiRefusals(413, 415)
  put(
    @Param('id', ProductId) id: string,
    @Body() change: ChangeProduct,
  ): Promise<Outcome> {
    return this.#products.change(id, change);
  }
}
// #endregion controller

@ApiTags('cache-aside')
@Controller('cache-strategies/cache-aside')
export class CacheAsideController extends ProductsController {
  constructor(products: CacheAsideProducts) {
    super(products);
  }
}

@ApiTags('read-through')
@Controller('cache-strategies/read-through')
export class ReadThroughController extends ProductsController {
  constructor(products: ReadThroughProducts) {
    super(products);
  }
}

@ApiTags('write-through')
@Controller('cache-strategies/write-through')
export class WriteThroughController extends ProductsController {
  constructor(products: WriteThroughProducts) {
    super(products);
  }
}

// #region write-behind
@ApiTags('write-behind')
@Controller('cache-strategies/write-behind')
export class WriteBehindController extends ProductsController {
  constructor(products: WriteBehindProducts) {
    super(products);
  }

  /** 202 and not 200: it is accepted, and not stored yet. */
  @Put(':id')
  @HttpCode(202)
  @ApiParam(productId)
  @ApiAcceptedResponse(answered)
  @ApiRefusals(413, 415)
  override put(
    @Param('id', ProductId) id: string,
    @Body() change: ChangeProduct,
  ): Promise<Outcome> {
    return super.put(id, change);
  }
}
// #endregion write-behind

import { type ServerResponse, STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ProductNotFoundError } from '../../shared/product.ts';
import { RetryAfter } from '../../write-behind/backpressure/retry-after.ts';
import { unavailable } from '../../write-behind/backpressure/unavailable.ts';
import { errorKind } from '../../write-behind/retries-and-dead-letters/error-kind.ts';
import { withoutRows } from './without-rows.ts';

/** What a caller is told whose request comes to nothing. */
interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

@Catch()
export class Refusals implements ExceptionFilter {
  readonly #host: HttpAdapterHost;
  readonly #retryAfter: RetryAfter;
  readonly #log = new Logger(Refusals.name);

  constructor(host: HttpAdapterHost, retryAfter: RetryAfter) {
    this.#host = host;
    this.#retryAfter = retryAfter;
  }

  // #region catch
  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const { status, headers = {}, body } = await this.#refusalOf(error);
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value);
    }
    const about = { statusCode: status, error: STATUS_CODES[status] };
    this.#host.httpAdapter.reply(response, { ...about, ...body }, status);
  }

  async #refusalOf(error: unknown): Promise<Refusal> {
    const full = unavailable(error, () => this.#retryAfter.seconds());
    if (full !== undefined) {
      const headers = Object.fromEntries(full.headers);
      const body = (await full.json()) as object;
      return { status: full.status, headers, body };
    }
    if (errorKind(error) === 'temporary') {
      // A write that was on its way may have arrived.
      this.#log.warn(withoutRows(error));
      return { status: 503, body: { outcome: 'unknown' } };
    }
    if (error instanceof ProductNotFoundError) {
      return { status: 404, body: { message: error.message } };
    }
    if (error instanceof HttpException) return refusalOf(error);
    // What is wrong with us is for the log, and not for strangers.
    this.#log.error(withoutRows(error));
    return { status: 500, body: {} };
  }
  // #endregion catch
}

// #region expected
const expectedOfBody: Readonly<Record<string, string>> = {
  'entity.too.large': 'a body of at most 10 kB',
  'entity.parse.failed': 'a body in JSON',
  'encoding.unsupported': 'a body in gzip, deflate, br or as it is',
  'charset.unsupported': 'a body in UTF-8',
};

function refusalOf(error: HttpException): Refusal {
  const expected = expectedBy(error.cause);
  const said = error.getResponse();
  const body = typeof said === 'string' ? { message: said } : said;
  return {
    status: error.getStatus(),
    body: expected === undefined ? body : { expected: [expected] },
  };
}

/** Errors of Express come before all pipes, and Nest wraps them. */
function expectedBy(cause: unknown): string | undefined {
  if (cause instanceof URIError)
    return 'a path whose percent signs encode UTF-8';
  if (!(cause instanceof Error)) return undefined;
  if ('type' in cause) return expectedOfBody[String(cause.type)];
  // Those of zlib have a code, such as Z_DATA_ERROR, and no type.
  const isPacking = 'code' in cause && 'errno' in cause;
  return isPacking
    ? 'a body that is packed as its Content-Encoding says'
    : undefined;
}
// #endregion expected

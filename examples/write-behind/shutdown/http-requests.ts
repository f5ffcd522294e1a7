import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Requests } from './graceful-shutdown.ts';

// #region requests
/** The requests of an HTTP server. Make it before the server listens. */
export class HttpRequests implements Requests {
  readonly #server: Server;
  readonly #underWay = new Map<ServerResponse, IncomingMessage>();
  #isClosing = false;

  constructor(server: Server) {
    this.#server = server;
    server.prependListener('request', (request, response) => {
      this.#underWay.set(response, request);
      response.once('close', () => this.#underWay.delete(response));
      if (this.#isClosing) endConnectionWith(request, response);
    });
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    for (const [response, request] of this.#underWay) {
      endConnectionWith(request, response);
    }
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  cut(): void {
    this.#server.closeAllConnections();
  }
}

/** Or a client that stays connected would send one request after the other. */
function endConnectionWith(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
  response.once('finish', () => request.socket.end());
}
// #endregion requests

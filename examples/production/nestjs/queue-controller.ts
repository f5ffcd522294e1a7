import {
  Controller,
  Get,
  Headers,
  Inject,
  UnauthorizedException,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiRefusals } from './api-refusals.ts';
import { QueueStatus } from './queue-status.ts';
import { isSameSecret } from './same-secret.ts';
import { SETTINGS, type Settings } from './settings.ts';

@ApiTags('write-behind queue')
@Controller('cache-strategies/write-behind/queue')
export class QueueController {
  readonly #status: QueueStatus;
  readonly #token: string | undefined;

  constructor(status: QueueStatus, @Inject(SETTINGS) settings: Settings) {
    this.#status = status;
    this.#token = settings.queueToken;
  }

  // #region status
  @Get('status')
  @ApiBearerAuth()
  @ApiHeader({ name: 'authorization', required: false })
  @ApiOperation({ summary: 'Counts and ages; with the token, payloads' })
  @ApiOkResponse({ description: 'How many writes wait, and how long' })
  @ApiRefusals(401)
  status(@Headers('authorization') authorization?: string) {
    const figures = this.#status.figures();
    if (authorization === undefined) return figures;
    this.#expectToken(authorization);
    return { ...figures, pendingWrites: this.#status.pendingWrites() };
  }

  #expectToken(authorization: string): void {
    const given = authorization.replace(/^Bearer /i, '');
    const token = this.#token;
    if (token !== undefined && isSameSecret(given, token)) return;
    const expected = ['no token, or the one of the queue'];
    throw new UnauthorizedException({ expected });
  }
  // #endregion status
}

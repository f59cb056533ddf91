import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { HTTP_STATUS } from './errors.ts';
import type { Faults, RequestFault } from './faults.ts';
import { fromPreset, PRESETS } from './faultSpec.ts';

const page = (status: number): string =>
  `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>We are down for maintenance.</h1></body></html>`;

const tokenOf = (request: Request): string =>
  /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';

/** Headers and half of the body go out, then the line is cut. */
function cutMidway(request: Request, response: Response): void {
  response.end = ((body?: unknown) => {
    const text = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '');
    response.writeHead(response.statusCode);
    response.write(text.subarray(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
    return response;
  }) as Response['end'];
}

function act(fault: RequestFault, at: { request: Request; response: Response; next: NextFunction }): void {
  const { request, response, next } = at;
  if (fault.drop === 'before') return void request.socket.destroy();
  if (fault.drop === 'after') {
    response.end = (() => request.socket.destroy()) as unknown as Response['end'];
    return next();
  }
  if (fault.drop === 'midway') {
    cutMidway(request, response);
    return next();
  }
  if (fault.html)
    return void response
      .status(fault.status ?? 503)
      .type('html')
      .send(page(fault.status ?? 503));
  if (!fault.code) return next();
  response.status(fault.status ?? HTTP_STATUS[fault.code]).json([{ message: fault.message, errorCode: fault.code }]);
}

/** Requests that a fault waits for never reach the org, or their answer never reaches the caller. */
export function troubleOnOrder(faults: Faults, revoke: (token: string) => void): RequestHandler {
  return (request, response, next) => {
    const fault = faults.forRequest({ method: request.method, url: request.originalUrl });
    if (!fault) return next();
    if (fault.revoke) revoke(tokenOf(request));
    const at = { request, response, next };
    if (fault.delayMs) setTimeout(() => act(fault, at), fault.delayMs);
    else act(fault, at);
  };
}

/** `/local/faults`: order, list, cancel, clear, and read back what was hit. Salesforce has no such path. */
export function faultRoutes(faults: Faults): Router {
  const router = Router();
  router.get('/', (_request, response) => void response.json({ faults: faults.list(), presets: Object.keys(PRESETS) }));
  router.get('/log', (_request, response) => void response.json({ hits: faults.log }));
  router.post('/', express.json(), (request, response) => {
    const orders = [request.body as Record<string, unknown> | Record<string, unknown>[]].flat();
    try {
      const wanted = orders.map(fromPreset);
      response.status(201).json({ ids: wanted.map((fault) => faults.add(fault)) });
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      response.status(400).json({ message: error.message });
    }
  });
  router.delete('/', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.delete('/:id', (request, response) => {
    response.status(faults.cancel(Number(request.params['id'])) ? 204 : 404).end();
  });
  return router;
}

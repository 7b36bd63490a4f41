import { type IncomingHttpHeaders, request } from 'node:http';

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asked {
  /** The address to which it goes. */
  readonly address?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Asks once, on a connection of its own. @param target a path or a whole URL, sent as it is. */
export function ask(port: number, target: string, asked: Asked = {}): Promise<Response> {
  const { address: host = '127.0.0.1', method = 'GET', headers = {} } = asked;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, path: target, method, headers, agent: false }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

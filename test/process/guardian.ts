import { spawn } from 'node:child_process';

/**
 * Runs a shell command when this process is gone, however it ends: so a test that is killed leaves nothing behind.
 * @returns what calls it off.
 */
export function whenWeAreGone(command: string, env: NodeJS.ProcessEnv = process.env): () => void {
  // Our end of the pipe closes with us, and only then does `cat` end.
  const guardian = spawn('sh', ['-c', `cat; ${command}`], {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guardian.unref();
  if (guardian.stdin !== null && 'unref' in guardian.stdin && typeof guardian.stdin.unref === 'function') {
    guardian.stdin.unref();
  }
  return () => void guardian.kill('SIGKILL');
}

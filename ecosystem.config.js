// For pm2, which takes the named export `apps` of this file and nothing else. Build first: npm run build
import { loadConfig } from './dist/config/load.js';

// As the server itself reads it: .env, then the environment.
const config = load();

function load() {
  try {
    return loadConfig({ argv: [], env: process.env, cwd: import.meta.dirname });
  } catch (error) {
    // pm2 would call this file malformed, with a stack.
    console.error(`corespond: ${error.message}`);
    process.exit(1);
  }
}

const common = {
  script: './dist/main.js',
  // Without it pm2 would look for the script, and the server for .env, in the folder where pm2 was called.
  cwd: import.meta.dirname,
  exec_mode: 'fork',
  // Replies in flight may take as long as shutdown-timeout says; after this pm2 kills.
  kill_timeout: (config.shutdownTimeout + 5) * 1000,
  // pm2's own probes would swallow errors at start.
  pmx: false,
  vizion: false,
  merge_logs: true,
  min_uptime: 2000,
  max_restarts: 10,
  exp_backoff_restart_delay: 200,
  env: { NODE_ENV: 'production' },
};

/** Supervisor, keyspace and metrics. To restart it is to lose the data. */
const core = {
  ...common,
  name: 'corespond-core',
  args: ['core'],
  kill_timeout: (config.shutdownTimeout + 10) * 1000,
};

/** The workers. `pm2 reload corespond` replaces them one by one, `pm2 scale corespond 8` changes their number. */
const workers = {
  ...common,
  name: 'corespond',
  args: ['worker'],
  exec_mode: 'cluster',
  instances: config.workers,
  // The next worker is started, or the old one stopped, when this one serves.
  wait_ready: true,
  listen_timeout: 15_000,
};

/** Everything in one process: CORESPOND_WORKERS=0. */
const solo = { ...common, name: 'corespond' };

export const apps = config.workers === 0 ? [solo] : [core, workers];

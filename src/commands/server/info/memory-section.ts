import os from 'node:os';
import { memoryLimit } from '../../../instance/memory-limit.ts';
import { memoryFigures } from '../memory-figures.ts';
import { type Field, humanBytes, ratio, type Section } from './section.ts';

/** INFO memory: of the data, which lies in the keyspace's process alone. */
export const memorySection: Section = ({ instance, values }) => {
  const figures = memoryFigures(instance);
  const { used, reserved, resident, clients } = figures;
  const { lazyFree } = instance.keyspace;
  return [
    ...usage(figures),
    ['allocator_allocated', used],
    ['allocator_active', reserved],
    ['allocator_resident', reserved],
    ...withHuman('total_system_memory', os.totalmem()),
    ...scripts,
    ...withHuman('maxmemory', memoryLimit(values.maxmemory)),
    ['maxmemory_policy', values.maxmemoryPolicy],
    ['allocator_frag_ratio', ratio(reserved, used).toFixed(2)],
    ['allocator_frag_bytes', reserved - used],
    ['allocator_rss_ratio', '1.00'],
    ['allocator_rss_bytes', 0],
    ['rss_overhead_ratio', ratio(resident, reserved).toFixed(2)],
    ['rss_overhead_bytes', resident - reserved],
    ['mem_fragmentation_ratio', ratio(resident, used).toFixed(2)],
    ['mem_fragmentation_bytes', resident - used],
    ['mem_not_counted_for_evict', 0],
    ['mem_replication_backlog', 0],
    ['mem_total_replication_buffers', 0],
    ['mem_clients_slaves', 0],
    ['mem_clients_normal', clients],
    ['mem_cluster_links', 0],
    ['mem_aof_buffer', 0],
    ['mem_allocator', 'corespond-arena'],
    ['active_defrag_running', 0],
    ['lazyfree_pending_objects', lazyFree.pending],
    ['lazyfreed_objects', lazyFree.freed],
  ];
};

const withHuman = (name: string, bytes: number): [Field, Field] => [
  [name, bytes],
  [`${name}_human`, humanBytes(bytes)],
];

const usage = ({ used, resident, peak, tables, dataset }: ReturnType<typeof memoryFigures>): Field[] => [
  ...withHuman('used_memory', used),
  ...withHuman('used_memory_rss', resident),
  ...withHuman('used_memory_peak', peak),
  ['used_memory_peak_perc', `${(ratio(used, peak) * 100).toFixed(2)}%`],
  ['used_memory_overhead', tables],
  ['used_memory_startup', 0],
  ['used_memory_dataset', dataset],
  ['used_memory_dataset_perc', `${(ratio(dataset, used) * 100).toFixed(2)}%`],
];

const scripts: readonly Field[] = [
  ['used_memory_lua', 0],
  ['used_memory_vm_eval', 0],
  ['used_memory_lua_human', '0B'],
  ['used_memory_scripts_eval', 0],
  ['number_of_cached_scripts', 0],
  ['number_of_functions', 0],
  ['number_of_libraries', 0],
  ['used_memory_vm_functions', 0],
  ['used_memory_vm_total', 0],
  ['used_memory_vm_total_human', '0B'],
  ['used_memory_functions', 0],
  ['used_memory_scripts', 0],
  ['used_memory_scripts_human', '0B'],
];

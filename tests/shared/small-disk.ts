import { spawnSync } from 'node:child_process';

/** A mount namespace: for everybody, where the kernel gives people namespaces of their own; for root otherwise. */
const ways = [
  ['unshare', '--user', '--map-root-user', '--mount'],
  ['unshare', '--mount'],
] as const;
const script = 'mount -t tmpfs -o "size=$0" vicore-test "$1" && shift && exec "$@"';

/** How a small disk can be had on this machine; undefined: its kernel or its administrator forbids it. */
function findWay(): readonly string[] | undefined {
  return ways.find(([program, ...args]) => {
    const mount = ['sh', '-c', script, '1m', '/tmp', 'true'];
    return spawnSync(program, [...args, ...mount], { stdio: 'ignore' }).status === 0;
  });
}

/** The beginning of a command: what follows runs with a disk of its own at `directory`, which goes with it. */
export function onSmallDisk(directory: string, megabytes: number): readonly string[] {
  const way = findWay();
  if (!way)
    throw new Error('a small disk is mounted for this test: run it as root, or allow user namespaces');
  return [...way, 'sh', '-c', script, `${megabytes}m`, directory];
}

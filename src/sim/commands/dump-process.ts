import type { Call } from '../command.ts';

/** Figures that differ by process, stay the same for one, and lie where those of an app lie. */
function figure(pid: number, salt: number, [least, most]: readonly [number, number]): number {
  return least + ((pid * 7_919 + salt * 104_729) % (most - least));
}

const columns = (...values: readonly (number | string)[]): string =>
  values.map((value) => String(value).padStart(9)).join('');

/** `dumpsys meminfo [PACKAGE]` in KiB (AOSP ActivityThread.dumpMemInfoTable). */
export function dumpMemory({ phone }: Call, [name]: readonly string[]): string {
  const head = 'Applications Memory Usage (in Kilobytes):\nUptime: 86400000 Realtime: 86400000\n\n';
  if (name === undefined) return `${head}Total RAM: 7,735,168K (status normal)\n Free RAM: 3,412,004K\n`;
  const process = phone.host.ui.processes().find((each) => each.name === name);
  if (!process) return `No process found for: ${name}\n`;
  const native = figure(process.pid, 1, [24_000, 64_000]);
  const dalvik = figure(process.pid, 2, [8_000, 24_000]);
  const gl = figure(process.pid, 3, [12_000, 48_000]);
  const row = (label: string, pss: number, heap?: number) =>
    `${label.padStart(13)}${columns(pss, pss - 120, 64, 0, pss + 2_048)}${
      heap === undefined ? '' : columns(heap, pss, heap - pss)
    }\n`;
  return (
    `${head}** MEMINFO in pid ${process.pid} [${name}] **\n` +
    `${''.padStart(13)}${columns('Pss', 'Private', 'Private', 'SwapPss', 'Rss', 'Heap', 'Heap', 'Heap')}\n` +
    `${''.padStart(13)}${columns('Total', 'Dirty', 'Clean', 'Dirty', 'Total', 'Size', 'Alloc', 'Free')}\n` +
    row('Native Heap', native, native + 8_192) +
    row('Dalvik Heap', dalvik, dalvik + 6_144) +
    row('GL mtrack', gl) +
    row('TOTAL', native + dalvik + gl, native + dalvik + gl + 14_336)
  );
}

/** `dumpsys cpuinfo` (AOSP ProcessCpuTracker.printCurrentState). */
export function dumpProcessor({ phone }: Call): string {
  const rows = phone.host.ui.processes().map(({ pid, name }) => {
    const user = figure(pid, 4, [1, 30]) / 10;
    const kernel = figure(pid, 5, [1, 12]) / 10;
    return `  ${(user + kernel).toFixed(1)}% ${pid}/${name}: ${user}% user + ${kernel}% kernel\n`;
  });
  return `Load: 1.02 / 1.1 / 1.05\nCPU usage from 12034ms to 4021ms ago:\n${rows.join('')}9.1% TOTAL: 6% user + 3.1% kernel\n`;
}

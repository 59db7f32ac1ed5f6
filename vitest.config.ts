import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files that take long. Without durations from an earlier run (a fresh clone) Vitest starts with the largest files, and these would come last, alone. */
const slow =
  /killed-at-any-moment|when-things-go-wrong|api\/fuzz|publishes-once|doctor-phone|console\/(?:everywhere|walk)/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => slow.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'console/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    // a wait for what will come, not a measure of how soon
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
  },
});

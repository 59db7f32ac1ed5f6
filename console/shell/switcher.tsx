import { SegmentedControl } from '@mantine/core';

/** A few views of one page, of which one is shown. */
export function Switcher<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value}
      data={[...options]}
      onChange={(chosen) => onChange(chosen as Value)}
    />
  );
}

import { activeWindow, type View, viewTrees } from '../hierarchy.ts';
import type { PhoneUi } from '../parts.ts';
import { toXmlText, xmlAttribute } from '../xml.ts';

/** What `uiautomator dump` writes: the active window as `<node>`s (AOSP AccessibilityNodeInfoDumper). */
export function uiDump(ui: PhoneUi): string {
  const window = activeWindow(ui.windows());
  const [root] = window ? viewTrees([window], { size: ui.size }) : [];
  const body = root ? nodeXml(root) : '';
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="${ui.rotation}">${body}</hierarchy>`;
}

function nodeXml({ node, text, index, bounds, package: packageName, children }: View): string {
  const { left, top, right, bottom } = bounds;
  const attributes: Readonly<Record<string, string | number | boolean>> = {
    index,
    text,
    'resource-id': node.id ?? '',
    class: node.class,
    package: packageName,
    'content-desc': node.desc ?? '',
    checkable: node.checkable ?? false,
    checked: node.checked ?? false,
    clickable: node.clickable ?? false,
    enabled: node.enabled ?? true,
    focusable: node.focusable ?? false,
    focused: node.focused ?? false,
    scrollable: node.scrollable ?? false,
    'long-clickable': node.longClickable ?? false,
    password: node.password ?? false,
    selected: node.selected ?? false,
    bounds: `[${left},${top}][${right},${bottom}]`,
  };
  const shown = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlAttribute(toXmlText(String(value), '.'))}"`)
    .join('');
  const inner = children
    .filter((child) => child.isVisible)
    .map(nodeXml)
    .join('');
  return inner ? `<node${shown}>${inner}</node>` : `<node${shown} />`;
}

import { sourceAttributes, type View } from '../hierarchy.ts';
import { AgentError } from './errors.ts';

/** Names and aliases in the order of io.appium.uiautomator2.utils.Attribute (server 10.6); matched without case. */
const known = `checkable checked class,className clickable content-desc,contentDescription enabled focusable focused
  long-clickable,longClickable package password resource-id,resourceId scrollable selection-start selection-end selected
  text,name hint extras bounds displayed contentSize a11y-important,importantForAccessibility
  screen-reader-focusable,screenReaderFocusable input-type,inputType drawing-order,drawingOrder
  showing-hint,showingHintText text-entry-key,textEntryKey multiline,multiLine dismissable
  a11y-focused,accessibilityFocused heading live-region,liveRegion context-clickable,contextClickable
  max-text-length,maxTextLength content-invalid,contentInvalid error,errorText pane-title,paneTitle
  tooltip-text,tooltipText text-has-clickable-span,textHasClickableSpan actions window-id,windowId text-size,textSize
  text-unit,textUnit is-collection,isCollection is-collection-item,isCollectionItem collection-info,collectionInfo
  collection-item-info,collectionItemInfo`
  .split(/\s+/)
  .map((aliases) => aliases.split(','));

/** What an element tells of itself; the others stand in page sources only. */
const told: ReadonlySet<string> = new Set([
  'checkable',
  'checked',
  'class',
  'clickable',
  'content-desc',
  'enabled',
  'focusable',
  'focused',
  'long-clickable',
  'package',
  'password',
  'resource-id',
  'scrollable',
  'selected',
  'text',
  'hint',
  'bounds',
  'displayed',
]);

/** These screens have neither a cursor nor extras nor collections. */
const empty: Readonly<Record<string, string | null>> = {
  'selection-start': null,
  'selection-end': null,
  extras: null,
  'is-collection': 'false',
  'is-collection-item': 'false',
  'collection-info': null,
  'collection-item-info': null,
};

/** `GET element/E/attribute/NAME`. Throws `unknown command`, which is what the server makes of a wrong name. */
export function attribute(view: View, alias: string): string | null {
  const folded = alias.toLowerCase();
  const name = known.find((aliases) => aliases.some((each) => each.toLowerCase() === folded))?.[0] ?? '';
  if (name === 'contentSize') {
    const { left, top, right, bottom } = view.bounds;
    return JSON.stringify({
      width: right - left,
      height: bottom - top,
      top,
      left,
      scrollableOffset: 0,
      touchPadding: 0,
    });
  }
  if (Object.hasOwn(empty, name)) return empty[name] ?? null;
  if (told.has(name)) return sourceAttributes(view).find(([attributeName]) => attributeName === name)?.[1] ?? null;
  const names = known.map((aliases) => (aliases.length > 1 ? `{${aliases.join(',')}}` : aliases[0]));
  throw new AgentError(
    'unknown command',
    `'${alias}' attribute is unknown for the element. Only the following attributes are supported: [${names.join(', ')}]`,
  );
}

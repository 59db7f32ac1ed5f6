import { writeClipboard } from '../phone/clipboard.ts';
import { pushMedia, removeMedia, sweepMedia } from '../phone/gallery.ts';
import { key, longPress, swipe, tap } from '../phone/gesture.ts';
import { openUrl, packageVersion, shareFile, startApp, stopApp } from '../phone/packages.ts';
import type { Phone } from '../phone/phone.ts';
import { takePicture } from '../phone/picture.ts';
import { readHierarchy } from '../phone/screen.ts';
import { hideKeyboard, readByPasting, readText, typeText } from '../phone/text.ts';
import type { PhoneHands, PushedFile } from './hands.ts';

/** The room `phone` as the kit wants it. */
export function handsOf(phone: Phone): PhoneHands {
  return {
    serial: phone.serial,
    signal: phone.signal,
    readHierarchy: (ctx) => readHierarchy(ctx, phone),
    takePicture: (ctx, options) => takePicture(ctx, phone, options),
    tap: (ctx, point) => tap(ctx, phone, point),
    longPress: (ctx, point) => longPress(ctx, phone, point),
    swipe: (ctx, from, to, ms) => swipe(ctx, phone, from, to, ms),
    key: (ctx, name) => key(ctx, phone, name),
    typeText: (ctx, text, field) => typeText(ctx, phone, text, { field }),
    readText: (ctx, field) => readText(ctx, phone, field),
    clearClipboard: (ctx) => writeClipboard(ctx, phone, ''),
    readByPasting: (ctx, field) => readByPasting(ctx, phone, field),
    hideKeyboard: (ctx) => hideKeyboard(ctx, phone),
    startApp: (ctx, packageName) => startApp(ctx, phone, packageName),
    stopApp: (ctx, packageName) => stopApp(ctx, phone, packageName),
    openUrl: (ctx, url, packageName) => openUrl(ctx, phone, url, packageName),
    shareFile: (ctx, { uri, mime, packageName }) => shareFile(ctx, phone, { uri, mime, package: packageName }),
    packageVersion: (ctx, packageName) => packageVersion(ctx, phone, packageName),
    pushMedia: (ctx, { path, sha256, mime, kind }) => pushMedia(ctx, phone, { path, sha256, mime, kind }),
    removeMedia: (ctx, pushed) => removeMedia(ctx, phone, withId(pushed)),
    async sweepMedia(ctx) {
      await sweepMedia(ctx, phone);
    },
  };
}

/** The row's id is the end of its address. */
const withId = (pushed: PushedFile) => ({ ...pushed, id: Number(pushed.uri.slice(pushed.uri.lastIndexOf('/') + 1)) });

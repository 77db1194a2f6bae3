// What /npm/htm/preact/standalone.module.js gives to the pages.
import { Component, ComponentChildren, VNode, h } from "preact";

export * from "preact/hooks";
export { Component, h };
export function render(tree: ComponentChildren, parent: Element): void;

/** What a handler in a template is given. A template does not say which kind of event an attribute has, nor whose it is:
 * `target` is one of the fields, which are alike. */
export interface Handled extends KeyboardEvent, MouseEvent {
  readonly target: HTMLInputElement;
  readonly currentTarget: HTMLElement;
}

type Value = ((event: Handled) => unknown) | object | string | number | bigint | boolean | null | undefined;
export function html(strings: TemplateStringsArray, ...values: Value[]): VNode;

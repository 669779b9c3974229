// Confirmation dialogs, based on the browser's own modal dialog.

import { html, nothing, render } from 'lit-html';

/**
 * Opens a dialog. Its form is submitted once, by Enter or by the submit button. The body gets
 * `close(answer)` and `draw()`; Escape and the backdrop answer null.
 *
 * @param {string} title
 * @param {(dialog: {close: (answer: unknown) => void, draw: () => void}) => unknown} body draws the part below the title
 * @param {() => unknown} submit returns the answer of the form, or undefined when something is missing
 * @returns {Promise<unknown>}
 */
export function ask(title, body, submit = () => null) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const element = document.createElement('dialog');
    element.setAttribute('aria-labelledby', 'dialog-title');
    document.body.append(element);
    let answer = null;
    const close = (given) => {
      answer = given;
      element.close();
    };
    const draw = () =>
      render(html`<form method="dialog" novalidate @submit=${onSubmit}>
        <h2 id="dialog-title">${title}</h2>${body({ close, draw })}
      </form>`, element);
    const onSubmit = (event) => {
      event.preventDefault();
      const given = submit();
      if (given === undefined) {
        draw();
        element.querySelector('[aria-invalid="true"]')?.focus();
      } else if (element.open) {
        close(given);
      }
    };
    element.addEventListener('close', () => {
      element.remove();
      before?.focus?.();
      document.dispatchEvent(new CustomEvent('mrq:dialog'));
      resolve(answer);
    });
    element.addEventListener('click', (event) => {
      if (event.target === element) {
        close(null);
      }
    });
    draw();
    element.showModal();
    document.dispatchEvent(new CustomEvent('mrq:dialog'));
    element.querySelector('[autofocus], input')?.focus();
  });
}

/** The dialog that is open, or null. */
export const openDialog = () => document.querySelector('dialog[open]');

/**
 * Asks for confirmation of one action. The button of a destructive action does not get the focus.
 *
 * @param {{title: unknown, text: unknown, act: string, danger?: boolean, careful?: boolean, reason?: string}} question `reason`: the label of a required text
 * @returns {Promise<{reason: string}|null>} null: the user went back
 */
export function confirm({ title, text, act, danger = false, careful = danger, reason = null }) {
  let given = '';
  let missing = false;
  const submit = () => {
    missing = Boolean(reason) && given.trim() === '';
    return missing ? undefined : { reason: given.trim() };
  };
  return ask(title, ({ close }) => html`
    <div>${text}</div>
    ${reason
      ? html`<div class="field"><label for="dialog-reason">${reason}</label>
          <input class="input" id="dialog-reason" maxlength="200" autocomplete="off" autofocus required aria-invalid=${missing ? 'true' : 'false'}
            aria-describedby=${missing ? 'dialog-missing' : nothing} @input=${(event) => { given = event.target.value; }}>
          ${missing ? html`<p class="complaint" id="dialog-missing" role="alert">A reason is required, so that others know why.</p>` : nothing}</div>`
      : nothing}
    <div class="foot">
      <button class="button" type="button" ?autofocus=${careful && !reason} @click=${() => close(null)}>Back</button>
      <button class="button ${danger ? 'danger' : 'main-act'}" type="submit" ?autofocus=${!careful && !reason}>${act}</button>
    </div>`, submit);
}

/** Emacs: eglot and Flycheck, where they are installed. */

import { spawnSync } from 'node:child_process';
import { afterEach, expect, test } from '@jest/globals';
import { type Desk, deskWith, settingsOf } from './editors.ts';
import { describeWith } from './on-path.ts';

let desk: Desk;
afterEach(() => desk?.remove());

/** Whether a package can be loaded. */
const has = (feature: string): boolean => spawnSync('emacs', ['--batch', '-l', feature]).status === 0;

const testWith = (feature: string) => (has(feature) ? test : test.skip);

/** What a script says with `message`, without what Emacs says by itself. */
function emacs(files: Readonly<Record<string, string>>): readonly string[] {
  desk = deskWith(files);
  const { stderr } = spawnSync('emacs', ['--batch', '-l', 'script.el'], {
    ...{ cwd: desk.folder, env: desk.environment, encoding: 'utf8', timeout: 60_000 },
  });
  return stderr.split('\n').filter((line) => /^(?:tfsg|Debugger|script)/.test(line));
}

/** A mode as the package terraform-mode has it, as far as it matters here. */
const mode = `
(package-initialize)
(define-derived-mode terraform-mode prog-mode "Terraform")
(add-to-list 'auto-mode-alist '("\\\\.tf\\\\'" . terraform-mode))
(defun wait-until (what done)
  (with-timeout (20 (message "tfsg: waited in vain for %s" what) (kill-emacs 1))
    (while (not (funcall done)) (accept-process-output nil 0.05))))
`;

describeWith('emacs', 'Emacs', () => {
  testWith('eglot')(
    'eglot shows diagnostics and makes a fix',
    () => {
      const script = `${mode}
(require 'eglot)
(load-file "settings.el")
(setq eglot-sync-connect 20 eglot-confirm-server-initiated-edits nil)
(find-file "net/main.tf")
(let ((buffer (current-buffer)))
  (apply #'eglot (eglot--guess-contact))
  (wait-until "a server" (lambda () (eglot-current-server)))
  (flymake-start)
  (wait-until "diagnostics" (lambda () (with-current-buffer buffer (flymake-start) (flymake-diagnostics))))
  (dolist (each (flymake-diagnostics))
    (message "tfsg: %s %s" (line-number-at-pos (flymake-diagnostic-beg each))
             (buffer-substring (flymake-diagnostic-beg each) (flymake-diagnostic-end each))))
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (let* ((actions (eglot-code-actions (point) (1+ (point)) nil))
         (fix (seq-find (lambda (each) (string-match-p "2001:db8" (plist-get each :title))) actions)))
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  ;; Without a user there are no idle moments, in which eglot tells the server of changes.
  (eglot--signal-textDocument/didChange)
  (wait-until "no diagnostics" (lambda () (with-current-buffer buffer (flymake-start) (not (flymake-diagnostics)))))
  (goto-char (point-min))
  (forward-line 2)
  (message "tfsg: %s" (string-trim (thing-at-point 'line t))))
`;
      expect(emacs({ 'settings.el': settingsOf('eglot'), 'script.el': script })).toEqual([
        'tfsg: 3 "2001:DB8::/32"',
        'tfsg: /* é */ cidr_ipv6 = "2001:db8::/32"',
      ]);
    },
    90_000,
  );

  testWith('flycheck')(
    'Flycheck lists the findings of the text that is not saved',
    () => {
      const script = `${mode}
(require 'flycheck)
(load-file "settings.el")
(find-file "net/main.tf")
(goto-char (point-min))
(insert "\\n")
(flycheck-mode)
(flycheck-select-checker 'tfsg)
(flycheck-buffer)
(wait-until "a result" (lambda () (not (flycheck-running-p))))
(dolist (each flycheck-current-errors)
  (message "tfsg: %s:%s %s %s" (flycheck-error-line each) (flycheck-error-column each)
           (flycheck-error-level each) (flycheck-error-id each)))
`;
      expect(emacs({ 'settings.el': settingsOf('flycheck'), 'script.el': script })).toEqual([
        'tfsg: 4:23 error invalid-cidr',
      ]);
    },
    90_000,
  );
});

// The switches of language and theme. The service renders the page by these cookies.

/** @param {string} name @param {string} value */
function keep(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax${secure}`;
}

/** Whether the page is dark now. */
const isDark = () =>
  (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

const languages = document.querySelectorAll('button[data-look=lang]');

/** Another language is another page of the service: without a connection there would be no page at all. @param {boolean} isLost */
export function holdLanguage(isLost) {
  for (const button of languages) {
    button.disabled = isLost;
  }
}

/** Makes buttons work: `data-look="theme"` switches between dark and light, `data-look="lang"` with a value sets the language. */
export function wireLook() {
  for (const button of document.querySelectorAll('button[data-look]')) {
    button.addEventListener('click', () => {
      if (button.dataset.look === 'theme') {
        const theme = isDark() ? 'light' : 'dark';
        keep('theme', theme);
        document.documentElement.dataset.theme = theme;
        return;
      }
      keep('lang', button.value);
      const address = new URL(location.href);
      address.searchParams.delete('lang');
      location.replace(address);
    });
  }
}

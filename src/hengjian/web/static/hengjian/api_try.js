// Trying an operation that only reads: the address is made of what was entered, the token is kept by this page alone.

const MOST = 20000 // signs of an answer that are shown

function addressOf (form) {
  let path = form.dataset.try
  const asked = new URLSearchParams()
  for (const field of form.querySelectorAll('[data-in]')) {
    const value = field.value.trim()
    if (field.dataset.in === 'path') path = path.replace(new RegExp(`\\{(?:\\w+:)?${field.name}\\}`), encodeURIComponent(value))
    else if (value) asked.append(field.name, value)
  }
  return asked.size ? `${path}?${asked}` : path
}

function shown (text, type) {
  if (!type.includes('json')) return text.slice(0, MOST)
  try { return JSON.stringify(JSON.parse(text), null, 2).slice(0, MOST) } catch { return text.slice(0, MOST) }
}

async function send (form) {
  const token = document.getElementById('api-token').value.trim()
  const address = addressOf(form)
  const answer = form.querySelector('.answer')
  const headers = { Accept: 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  let status, body
  try {
    const response = await fetch(address, { headers, credentials: token ? 'omit' : 'same-origin', redirect: 'error', cache: 'no-store' })
    status = `${response.status} ${response.statusText}`.trim()
    body = shown(await response.text(), response.headers.get('Content-Type') ?? '')
  } catch (lost) {
    status = '—'
    body = String(lost.message ?? lost)
  }
  answer.querySelector('[data-status]').textContent = status
  answer.querySelector('[data-asked]').textContent = `GET ${address}`
  answer.querySelector('[data-body]').textContent = body
  answer.hidden = false
}

for (const form of document.querySelectorAll('form[data-try]')) {
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (form.reportValidity()) send(form)
  })
}

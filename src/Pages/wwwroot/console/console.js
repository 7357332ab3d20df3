import { openSession } from '../shared/session.js';
const session = await openSession();
document.getElementById('session').textContent = session.name;

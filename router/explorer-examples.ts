/** An operation that the explorer opens in a tab of its own, named after it. */
export interface Example {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A first session: from nothing to a paid order, a refused one and the messages about both. */
export const examples: readonly Example[] = [
  {
    query: `# 1. Become a customer: press Ctrl-Enter, or the button with the triangle.
# The other tabs then speak for you; take another address for a second customer.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    accessToken
    expiresAt
    user {
      id
      name
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: { input: { email: 'ada@example.com', name: 'Ada', password: 'a long enough password' } },
  },
  {
    query: `# 2. All that you have: come back here after each step.
# The next one needs the id of your USD account, the last one that of a message.
query Overview {
  viewer {
    name
    accounts {
      id
      number
      balance {
        amount
        currency
      }
    }
    orders(first: 5) {
      totalCount
      nodes {
        productId
        total {
          amount
          currency
        }
        status
        rejectionReason
      }
    }
    notifications(first: 5) {
      unreadCount
      nodes {
        id
        subject
        body
        readAt
      }
    }
  }
}
`,
    variables: {},
  },
  {
    query: `# 3. Put money in: the id of your USD account goes into the variables below.
# The same idempotency key never acts twice, however often you run it.
mutation Deposit($input: DepositInput!) {
  deposit(input: $input) {
    transaction {
      id
      kind
      amount {
        amount
        currency
      }
      to {
        balance {
          amount
          currency
        }
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: {
      input: {
        accountId: 'the id of your USD account',
        amount: { amount: '50.00', currency: 'USD' },
        idempotencyKey: 'deposit-1',
      },
    },
  },
  placeOrder('PlaceOrder', '4. Order something that your money covers. It is taken at once, as PENDING.', {
    productId: 'coffee-beans',
    unitPrice: { amount: '12.50', currency: 'USD' },
    quantity: 2,
    idempotencyKey: 'order-1',
  }),
  placeOrder('PlaceLargeOrder', '5. Order more than your money covers: it is taken too, and rejected a moment later.', {
    productId: 'espresso-machine',
    unitPrice: { amount: '2400.00', currency: 'USD' },
    quantity: 1,
    idempotencyKey: 'order-2',
  }),
  {
    query: `# 6. Mark a message as read: its id is in the overview.
mutation MarkNotificationRead($input: MarkNotificationReadInput!) {
  markNotificationRead(input: $input) {
    notification {
      id
      subject
      readAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: { input: { notificationId: 'the id of a message' } },
  },
];

function placeOrder(name: string, comment: string, input: Readonly<Record<string, unknown>>): Example {
  return {
    query: `# ${comment}
# The overview shows what became of it, and what you were told about it.
mutation ${name}($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order {
      id
      total {
        amount
        currency
      }
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: { input },
  };
}

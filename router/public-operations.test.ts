import { describe, expect, test } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { tokenDependence } from './public-operations.ts';

function dependenceOf(text: string) {
  const document = parse(text);
  return tokenDependence(getOperationAST(document)!, document);
}

describe('an operation’s dependence on the token', () => {
  test.each([
    'mutation { register { accessToken } }',
    'mutation { a: login { accessToken } b: logout { userErrors { code } } refreshToken { accessToken } }',
    'mutation { __typename register { accessToken } }',
    'mutation { ...on Mutation { register { accessToken } } ...Rest } fragment Rest on Mutation { login { accessToken } }',
    'mutation { ...A } fragment A on Mutation { ...B login { accessToken } } fragment B on Mutation { logout { userErrors { code } } }',
    '{ __typename }',
    '{ __schema { queryType { name } } __type(name: "User") { name } }',
  ])('never: %s', (text) => {
    expect(dependenceOf(text)).toBe('never');
  });

  test.each([
    'mutation { register { accessToken } placeOrder { order { id } } }',
    'mutation { ...A register { accessToken } } fragment A on Mutation { placeOrder { order { id } } }',
  ])('partly: %s', (text) => {
    expect(dependenceOf(text)).toBe('partly');
  });

  test.each([
    '{ viewer { id } }',
    '{ __typename viewer { id } }',
    '{ __schema { queryType { name } } order(id: 1) { id } }',
    'mutation { register: placeOrder { order { id } } }',
    'mutation { ...A } fragment A on Mutation { deposit { transaction { id } } }',
  ])('wholly: %s', (text) => {
    expect(dependenceOf(text)).toBe('wholly');
  });
});

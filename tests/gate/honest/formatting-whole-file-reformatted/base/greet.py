def greet(name,punctuation = '!'):
    '''A greeting.'''
    return 'Hello '+name+punctuation
def part(name):
    '''A farewell.'''
    return 'Bye '+name
